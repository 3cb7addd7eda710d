package dev.frazil.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Values of Spark in the form of {@link JdbcText}. */
final class SparkText {
  private SparkText() {}

  static String line(Row row) {
    return String.join(" | ", values(row));
  }

  private static List<String> values(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      values.add(of(row.get(i)));
    }
    return values;
  }

  private static String of(@Nullable Object value) {
    if (value instanceof Row struct) {
      return values(struct).toString();
    } else if (value instanceof scala.collection.Seq<?> list) {
      return CollectionConverters.asJava(list).stream().map(SparkText::of).toList().toString();
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      CollectionConverters.asJava(map).forEach((key, entry) -> sorted.put(of(key), of(entry)));
      return sorted.toString();
    }
    return JdbcText.scalar(value);
  }
}
