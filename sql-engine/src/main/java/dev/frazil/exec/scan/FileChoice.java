package dev.frazil.exec.scan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.jspecify.annotations.Nullable;

/**
 * The files of some partitions of a table. Immutable.
 *
 * @param fields of the partitions
 * @param partitions the values that files are wanted of, as {@link #partition} gives them
 * @param filesLeftOut of the first choice of a table those that no choice takes; -1 of the others
 */
public record FileChoice(
    List<Field> fields, Set<List<@Nullable Object>> partitions, long filesLeftOut) {

  /**
   * @param sourceId field id of the column that the field is made of
   * @param transform as Iceberg writes it
   */
  record Field(int sourceId, String transform) {}

  boolean takes(ScanFile file) {
    return partitions.contains(partition(file, fields));
  }

  /** Whether what the table was spared is to be counted with this choice. */
  boolean isFirst() {
    return filesLeftOut >= 0;
  }

  /**
   * The values of a file: numbers as longs, text as strings; null where it was not partitioned by
   * one of the fields.
   */
  static @Nullable List<@Nullable Object> partition(ScanFile file, List<Field> fields) {
    List<@Nullable Object> values = new ArrayList<>(fields.size());
    for (Field field : fields) {
      int place = place(file.spec().fields(), field);
      if (place < 0) {
        return null;
      }
      values.add(plain(file.file().partition().get(place, Object.class)));
    }
    return values;
  }

  private static int place(List<PartitionField> written, Field field) {
    for (int i = 0; i < written.size(); i++) {
      if (written.get(i).sourceId() == field.sourceId()
          && written.get(i).transform().toString().equals(field.transform())) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    return value instanceof CharSequence ? value.toString() : value;
  }
}
