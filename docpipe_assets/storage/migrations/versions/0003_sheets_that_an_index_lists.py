"""The sheets that a page's sheet index lists

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("classifications", sa.Column("listed_sheets", json, nullable=True))


def downgrade() -> None:
    op.drop_column("classifications", "listed_sheets")
