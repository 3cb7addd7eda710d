package dev.frazil.conformance;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The result sets of DatabaseMetaData: their columns, the types of these, and their order. */
final class MetaDataShapeChecks {
  private static final Set<Integer> WHOLE =
      Set.of(
          Types.INTEGER, Types.SMALLINT, Types.TINYINT, Types.BIGINT, Types.NUMERIC, Types.DECIMAL);
  private static final Set<Integer> TRUTH = Set.of(Types.BOOLEAN, Types.BIT);

  private MetaDataShapeChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("metadata result sets");
    for (MetaDataShape shape : MetaDataShape.all()) {
      String basis = "DatabaseMetaData." + shape.method();
      list.add(
          shape.method() + " has its columns",
          basis,
          scene -> columns(shape, rows(shape, scene).getMetaData()));
      list.add(
          shape.method() + " has their types", basis, scene -> types(shape, rows(shape, scene)));
      if (!shape.order().isEmpty()) {
        list.add(
            shape.method() + " is in order", basis, scene -> ordered(shape, rows(shape, scene)));
      }
      list.add(
          shape.method() + " is a result set like others",
          basis + " and ResultSet",
          scene -> {
            ResultSet rows = rows(shape, scene);
            Expect.that(rows.isBeforeFirst() || !rows.next(), "not before the first row");
            rows.close();
            Expect.that(rows.isClosed(), "not closed");
            Expect.fails(rows::next);
          });
    }
    return list.checks();
  }

  private static ResultSet rows(MetaDataShape shape, Scene scene) throws Exception {
    return shape.call().of(scene.connection().getMetaData(), scene);
  }

  private static String name(String column) {
    return column.contains(":") ? column.substring(0, column.indexOf(':')) : column;
  }

  private static void columns(MetaDataShape shape, ResultSetMetaData meta) throws Exception {
    int count = shape.columns().size();
    Expect.that(
        meta.getColumnCount() >= count, meta.getColumnCount() + " columns instead of " + count);
    for (int column = 1; column <= count; column++) {
      String expected = name(shape.columns().get(column - 1));
      if (!expected.equals("?")) {
        Expect.equal(expected, meta.getColumnLabel(column).toUpperCase(Locale.ROOT));
      }
    }
  }

  /** Metadata may call them by another number, but each value is read as what it is. */
  private static void types(MetaDataShape shape, ResultSet rows) throws Exception {
    ResultSetMetaData meta = rows.getMetaData();
    for (int column = 1; column <= shape.columns().size(); column++) {
      String declared = shape.columns().get(column - 1);
      int type = meta.getColumnType(column);
      if (declared.endsWith(":i")) {
        Expect.that(WHOLE.contains(type), declared + " has type " + type);
      } else if (declared.endsWith(":b")) {
        Expect.that(TRUTH.contains(type), declared + " has type " + type);
      }
    }
    for (int row = 0; row < 20 && rows.next(); row++) {
      for (String declared : shape.columns()) {
        if (declared.endsWith(":i")) {
          rows.getLong(name(declared));
        } else if (declared.endsWith(":b")) {
          rows.getBoolean(name(declared));
        } else if (!declared.equals("?")) {
          rows.getString(name(declared));
        }
      }
    }
  }

  private static void ordered(MetaDataShape shape, ResultSet rows) throws Exception {
    List<String> order = shape.order();
    String[] last = null;
    while (rows.next()) {
      String[] keys = new String[order.size()];
      for (int key = 0; key < keys.length; key++) {
        keys[key] = rows.getString(order.get(key));
      }
      if (last != null) {
        Expect.that(
            sorted(last, keys, false) || sorted(last, keys, true),
            String.join(".", shown(keys)) + " comes after " + String.join(".", shown(last)));
      }
      last = keys;
    }
  }

  private static String[] shown(String[] keys) {
    String[] shown = new String[keys.length];
    for (int key = 0; key < keys.length; key++) {
      shown[key] = String.valueOf(keys[key]);
    }
    return shown;
  }

  /**
   * A collation may heed the case of letters or not; numbers order as numbers; nulls stand
   * anywhere.
   */
  private static boolean sorted(String[] before, String[] after, boolean folded) {
    for (int key = 0; key < before.length; key++) {
      if (before[key] == null || after[key] == null) {
        if (before[key] != null || after[key] != null) {
          return true;
        }
        continue;
      }
      int compared = compare(before[key], after[key], folded);
      if (compared != 0) {
        return compared < 0;
      }
    }
    return true;
  }

  private static int compare(String before, String after, boolean folded) {
    if (before.matches("-?\\d{1,9}") && after.matches("-?\\d{1,9}")) {
      return Integer.compare(Integer.parseInt(before), Integer.parseInt(after));
    }
    return folded ? before.compareToIgnoreCase(after) : before.compareTo(after);
  }
}
