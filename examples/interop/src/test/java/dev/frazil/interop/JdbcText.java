package dev.frazil.interop;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of JDBC in a form that does not tell which engine gave them; {@link SparkText} is equal.
 */
final class JdbcText {
  private JdbcText() {}

  static String of(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      return row((Object[]) array.getArray());
    } else if (value instanceof Struct struct) {
      return row(struct.getAttributes());
    } else if (value instanceof Object[] values) {
      return row(values);
    } else if (value instanceof Collection<?> values) {
      return row(values.toArray());
    } else if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sorted.put(of(entry.getKey()), of(entry.getValue()));
      }
      return sorted.toString();
    } else if (value instanceof java.sql.Timestamp time) {
      return time.toLocalDateTime().toString();
    } else if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return scalar(value);
  }

  private static String row(@Nullable Object[] values) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(of(value));
    }
    return texts.toString();
  }

  /** What both engines give as the same classes. */
  static String scalar(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    } else if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) && number != 0
          ? plain(new BigDecimal(value.toString()))
          : Double.isFinite(number) ? "0" : value.toString();
    } else if (value instanceof BigDecimal number) {
      return plain(number);
    } else if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    } else if (value instanceof LocalDateTime time) {
      return time.toString();
    }
    return value.toString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
