from sqlmodel import Field, SQLModel

import models.columns  # noqa: F401  the naming convention must stand before this first table


class Theme(SQLModel, table=True):
    __tablename__ = "themes"

    slug: str = Field(primary_key=True, max_length=80)
    name_fr: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
