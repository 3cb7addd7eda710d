package dev.frazil.interop;

import java.nio.ByteBuffer;
import java.sql.Time;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** Values of Iceberg's generic reader in the form of {@link JdbcText}. */
final class GenericText {
  private GenericText() {}

  static String line(Record row) {
    return String.join(" | ", values(row));
  }

  private static List<String> values(Record row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(of(row.get(i)));
    }
    return values;
  }

  private static String of(@Nullable Object value) {
    if (value instanceof Record row) {
      return values(row).toString();
    } else if (value instanceof Collection<?> list) {
      List<String> elements = new ArrayList<>();
      list.forEach(each -> elements.add(of(each)));
      return elements.toString();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(of(key), of(entry)));
      return sorted.toString();
    } else if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return JdbcText.scalar(copy);
    } else if (value instanceof LocalTime time) {
      return Time.valueOf(time.withNano(0)).toString(); // all that java.sql has
    } else if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return JdbcText.scalar(value);
  }
}
