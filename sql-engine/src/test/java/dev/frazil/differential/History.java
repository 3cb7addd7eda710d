package dev.frazil.differential;

import dev.frazil.differential.Literals.Spread;
import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.TableContents.Step;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a table were before its schema changed: some under another name, some of a
 * narrower type, some not there, and one that was dropped since.
 *
 * @param early the column for each column of now, null where there was none
 * @param dropped a column that is gone
 */
record History(List<@Nullable Field> early, boolean dropped, List<Step> changes) {
  /** A column that no table has in the end. */
  static final Field GONE = new Field("gone", ValueType.VARCHAR, false);

  /** The columns never changed. */
  static History none(List<Field> fields) {
    return new History(new ArrayList<>(fields), false, List.of());
  }

  /** Some columns changed; not the first two. */
  static History random(Dice dice, List<Field> fields, List<Spread> spreads) {
    List<@Nullable Field> early = new ArrayList<>(fields);
    List<Step> changes = new ArrayList<>();
    boolean dropped = dice.oneIn(2);
    if (dropped) {
      changes.add(new Step.Change("DROP gone", table -> table.updateSchema().deleteColumn("gone")));
    }
    for (int i = 2; i < fields.size(); i++) {
      Field field = fields.get(i);
      Field narrower = narrower(field, spreads.get(i));
      int kind = dice.between(1, 8);
      if (kind == 1 && !field.required()) {
        early.set(i, null);
        Type type = field.type().iceberg();
        changes.add(
            new Step.Change(
                "ADD " + field.name() + " " + type,
                table -> table.updateSchema().addColumn(field.name(), type)));
      } else if (kind <= 3) {
        String old = "old_" + field.name();
        early.set(i, new Field(old, field.type(), field.required()));
        changes.add(rename(old, field.name()));
      } else if (kind <= 6 && narrower != null) {
        early.set(i, narrower);
        changes.add(widen(field));
      }
    }
    if (dice.oneIn(3)) {
      swap(early, fields, changes);
    }
    return new History(early, dropped, changes);
  }

  private static Step rename(String from, String to) {
    return new Step.Change(
        "RENAME " + from + " TO " + to, table -> table.updateSchema().renameColumn(from, to));
  }

  private static Step widen(Field field) {
    ValueType type = field.type();
    return new Step.Change(
        "ALTER " + field.name() + " TYPE " + type.sqlName(),
        table ->
            table.updateSchema().updateColumn(field.name(), (Type.PrimitiveType) type.iceberg()));
  }

  /** What the last two columns were called if they changed their names with each other. */
  private static void swap(List<@Nullable Field> early, List<Field> fields, List<Step> changes) {
    int last = fields.size() - 1;
    Field x = fields.get(last);
    Field y = fields.get(last - 1);
    if (x.equals(early.get(last)) && y.equals(early.get(last - 1))) {
      early.set(last, new Field(y.name(), x.type(), x.required()));
      early.set(last - 1, new Field(x.name(), y.type(), y.required()));
      changes.add(rename(x.name(), "aside"));
      changes.add(rename(y.name(), x.name()));
      changes.add(rename("aside", y.name()));
    }
  }

  /** The column before its type was promoted, null where none is. */
  private static @Nullable Field narrower(Field field, Spread spread) {
    ValueType type = field.type();
    ValueType before =
        switch (type.family()) {
          case BIGINT -> spread == Spread.WILD ? null : ValueType.of(Family.INTEGER, type.bound());
          case DOUBLE -> spread == Spread.WILD ? null : ValueType.of(Family.REAL, type.bound());
          case DECIMAL ->
              spread == Spread.WILD || type.precision() < 9
                  ? null
                  : ValueType.decimal(type.precision() == 9 ? 8 : 9, type.scale());
          default -> null;
        };
    return before == null ? null : new Field(field.name(), before, field.required());
  }

  /** The columns of then that stay and do not give their name to another one. */
  List<Field> partitionable(List<Field> fields) {
    List<Field> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field before = early.get(i);
      boolean isTaken = false;
      for (int j = 0; j < fields.size(); j++) {
        isTaken |= before != null && i != j && fields.get(j).name().equals(before.name());
      }
      if (before != null && !isTaken) {
        columns.add(before);
      }
    }
    return columns;
  }

  /** The columns of then. */
  List<Field> earlyFields() {
    List<Field> fields = new ArrayList<>();
    early.stream().filter(field -> field != null).forEach(fields::add);
    if (dropped) {
      fields.add(GONE);
    }
    return fields;
  }

  List<String> earlyNames() {
    return earlyFields().stream().map(Field::name).toList();
  }

  /** A row of then as an INSERT of then gives it. */
  List<Fragment> early(List<Fragment> row) {
    List<Fragment> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (early.get(i) != null) {
        values.add(row.get(i));
      }
    }
    if (dropped) {
      values.add(Fragment.of("'gone " + values.size() + "'"));
    }
    return values;
  }

  /** A row of then as it reads now. */
  List<Fragment> whole(List<Fragment> row) {
    List<Fragment> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(early.get(i) == null ? Fragment.of("NULL") : row.get(i));
    }
    return values;
  }
}
