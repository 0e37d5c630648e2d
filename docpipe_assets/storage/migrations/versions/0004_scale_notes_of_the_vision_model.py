"""The scale notes that the vision model read on a page when it was asked who the sheet is

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = sa.JSON().with_variant(JSONB(), "postgresql")
    op.add_column("classifications", sa.Column("claimed_notes", json, nullable=True))


def downgrade() -> None:
    op.drop_column("classifications", "claimed_notes")
