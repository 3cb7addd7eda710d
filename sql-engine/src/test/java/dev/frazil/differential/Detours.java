package dev.frazil.differential;

import dev.frazil.differential.Literals.Spread;
import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.TableContents.Step;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;

/**
 * Ways by which the rows of a commit become right only after it: values that an UPDATE or MERGE
 * sets straight, and rows that equality deletes take away, some with keys that come back later.
 */
final class Detours {
  private final Dice dice;
  private final Literals literals;
  private final String table;
  private final List<Field> fields;
  private final List<Spread> spreads;
  private final History history;

  Detours(
      Dice dice,
      Literals literals,
      String table,
      List<Field> fields,
      List<Spread> spreads,
      History history) {
    this.dice = dice;
    this.literals = literals;
    this.table = table;
    this.fields = List.copyOf(fields);
    this.spreads = List.copyOf(spreads);
    this.history = history;
  }

  /** Columns that a statement may set in a commit, as places in a row. */
  private List<Integer> places(boolean old) {
    List<Integer> places = new ArrayList<>();
    for (int i = 1; i < fields.size(); i++) {
      boolean isThere = !old || history.early().get(i) != null;
      if (isThere && !fields.get(i).type().family().isNested()) {
        places.add(i);
      }
    }
    return places;
  }

  private Field field(int place, boolean old) {
    Field early = old ? history.early().get(place) : null;
    return early == null ? fields.get(place) : early;
  }

  /**
   * Spoils one column of some rows; answers the statements that mend them.
   *
   * @param rows whole rows, changed in place
   */
  List<Step> spoil(List<List<Fragment>> rows, boolean old) {
    int place = dice.pick(places(old));
    Field field = field(place, old);
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    int most = dice.of(1, 3, 30);
    for (List<Fragment> row : rows) {
      if (keys.size() < most && dice.oneIn(2)) {
        keys.add(row.get(0).text(Fragment.Dialect.FRAZIL));
        values.add(row.get(place).text(Fragment.Dialect.FRAZIL));
        row.set(place, literals.of(fields.get(place).type(), spreads.get(place)));
      }
    }
    if (keys.isEmpty()) {
      return List.of();
    }
    return dice.oneIn(2) ? merge(field, keys, values) : update(field, keys, values);
  }

  private List<Step> update(Field field, List<String> keys, List<String> values) {
    List<Step> steps = new ArrayList<>();
    StringBuilder cases = new StringBuilder();
    for (int i = 0; i < keys.size(); i++) {
      cases
          .append(" WHEN ")
          .append(keys.get(i))
          .append(" THEN ")
          .append(cast(field, values.get(i)));
    }
    steps.add(
        new Step.Statement(
            keys.size() == 1
                ? "UPDATE %s SET %s = %s WHERE id = %s"
                    .formatted(table, field.name(), values.get(0), keys.get(0))
                : "UPDATE %s SET %s = CASE id%s END WHERE id IN (%s)"
                    .formatted(table, field.name(), cases, String.join(", ", keys))));
    return steps;
  }

  private List<Step> merge(Field field, List<String> keys, List<String> values) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      rows.add("(" + keys.get(i) + ", " + cast(field, values.get(i)) + ")");
    }
    return List.of(
        new Step.Statement(
            "MERGE INTO %s AS t USING (VALUES %s) AS s (i, v) ON t.id = s.i WHEN MATCHED THEN UPDATE SET %s = s.v"
                .formatted(table, String.join(", ", rows), field.name())));
  }

  private static String cast(Field field, String value) {
    return "CAST(" + value + " AS " + field.type().sqlName() + ")";
  }

  /** Equality deletes of given whole rows, by the key and maybe another column. */
  Step.EqualityDelete delete(List<List<Fragment>> rows, boolean old) {
    if (old && history.dropped() && dice.oneIn(3)) {
      return gone(rows);
    }
    List<Field> columns = new ArrayList<>(List.of(fields.get(0)));
    List<Integer> places =
        places(old).stream()
            .filter(place -> isDeletable(field(place, old).type().family()))
            .toList();
    int place = dice.oneIn(2) || places.isEmpty() ? 0 : dice.pick(places);
    if (place > 0) {
      columns.add(field(place, old));
    }
    List<List<Fragment>> keys = new ArrayList<>();
    for (List<Fragment> row : rows) {
      keys.add(place > 0 ? List.of(row.get(0), row.get(place)) : List.of(row.get(0)));
    }
    return new Step.EqualityDelete(columns, keys);
  }

  /** By a column that is dropped later: its values are in the files alone. */
  private Step.EqualityDelete gone(List<List<Fragment>> rows) {
    List<List<Fragment>> keys = new ArrayList<>();
    for (List<Fragment> row : rows) {
      List<Fragment> early = history.early(row);
      keys.add(List.of(row.get(0), early.get(early.size() - 1)));
    }
    return new Step.EqualityDelete(List.of(fields.get(0), History.GONE), keys);
  }

  /** Iceberg compares no floating point numbers here. */
  private static boolean isDeletable(Family family) {
    return family != Family.DOUBLE && family != Family.REAL;
  }
}
