package sqlline;

import java.sql.SQLException;
import java.sql.Types;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.NullMarked;

/**
 * sqlline's table with numbers on the right, as people read them. It stands in sqlline's package
 * because nobody else sees the values of a row. Unlike sqlline's own it does not ask the database
 * for the primary key of every column it prints.
 */
@NullMarked
public final class AlignedTableFormat extends TableOutputFormat {
  private final SqlLine shell;

  public AlignedTableFormat(SqlLine shell) {
    super(shell);
    this.shell = shell;
  }

  @Override
  public AttributedString getOutputString(
      Rows rows, Rows.Row row, TableOutputFormatStyle style, boolean header) {
    char separator = header ? style.getHeaderSeparator() : style.getBodySeparator();
    AttributedStyle separatorStyle =
        shell.getOpts().getColor() ? AttributedStyles.GREEN : AttributedStyle.DEFAULT;
    AttributedStringBuilder line = new AttributedStringBuilder();
    for (int i = 0; i < row.values.length; i++) {
      if (i > 0) {
        line.append(" " + separator + " ", separatorStyle);
      }
      String text = row.values[i] == null ? "" : row.values[i];
      if (row.isMeta) {
        line.append(SqlLine.center(text, row.sizes[i]), AttributedStyle.BOLD);
      } else if (isNumber(rows, i)) {
        line.append(" ".repeat(Math.max(0, row.sizes[i] - text.length())) + text);
      } else {
        line.append(SqlLine.rpad(text, row.sizes[i]));
      }
    }
    return line.toAttributedString();
  }

  private static boolean isNumber(Rows rows, int index) {
    try {
      return switch (rows.rsMeta.getColumnType(index + 1)) {
        case Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            Types.DECIMAL,
            Types.NUMERIC ->
            true;
        default -> false;
      };
    } catch (SQLException e) {
      throw new IllegalStateException("the type of column " + (index + 1) + " is not known", e);
    }
  }
}
