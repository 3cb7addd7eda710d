package dev.frazil.differential;

import dev.frazil.differential.Literals.Spread;
import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.TableContents.Step;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;

/** Random tables: every type, every share of nulls, and a random way of storing them. */
final class RandomTables {
  private static final int[] SIZES = {0, 1, 6, 20, 20, 60, 60, 200, 200};
  private static final int[][] DECIMALS = {
    {9, 2}, {5, 0}, {18, 4}, {30, 6}, {12, 2}, {38, 10}, {38, 0}, {19, 2}
  };

  private final Dice dice;
  private final Literals literals;
  private final Layouts layouts;

  RandomTables(Dice dice) {
    this.dice = dice;
    this.literals = new Literals(dice);
    this.layouts = new Layouts(dice);
  }

  List<TableContents> next(int count) {
    List<TableContents> tables = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      tables.add(table("t" + i));
    }
    return tables;
  }

  private TableContents table(String name) {
    List<Field> fields = new ArrayList<>();
    List<Spread> spreads = new ArrayList<>();
    fields.add(new Field("id", ValueType.bigint(10_000), dice.oneIn(2)));
    spreads.add(Spread.TAME);
    fields.add(new Field("k", ValueType.integer(12), false));
    spreads.add(Spread.FEW);
    int columns = dice.between(3, 8);
    for (int i = 1; i <= columns; i++) {
      Family family = family();
      Spread spread = dice.of(Spread.FEW, Spread.TAME, Spread.TAME, Spread.WILD);
      int[] decimal = dice.of(DECIMALS);
      if (family == Family.DECIMAL && decimal[0] > 18) {
        spread = Spread.WILD;
      }
      fields.add(
          new Field("c" + i, Literals.type(family, spread, decimal[0], decimal[1]), dice.oneIn(6)));
      spreads.add(spread);
    }
    int[] nullsInTen = new int[fields.size()];
    for (int i = 1; i < nullsInTen.length; i++) {
      nullsInTen[i] = fields.get(i).required() ? 0 : dice.of(0, 1, 1, 3, 5, 10);
    }
    History history = dice.oneIn(3) ? History.random(dice, fields, spreads) : History.none(fields);
    int size = dice.oneIn(40) ? 1_500 : SIZES[dice.between(0, SIZES.length - 1)];
    int commits = dice.between(1, 5);
    int early = dice.between(1, Math.max(1, commits - 1));
    boolean deletes = dice.oneIn(2);
    boolean changes = dice.oneIn(3);
    boolean equality = dice.oneIn(3);
    Detours detours = new Detours(dice, literals, name, fields, spreads, history);
    List<List<Fragment>> rows = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (int commit = 0; commit < commits; commit++) {
      boolean old = commit < early;
      List<List<Fragment>> some = new ArrayList<>();
      List<List<Fragment>> stale = new ArrayList<>();
      int next = size * (commit + 1) / commits;
      for (int row = size * commit / commits; row < next; row++) {
        List<Fragment> values = row(row + 1, fields, spreads, nullsInTen);
        rows.add(old ? history.whole(values) : values);
        some.add(new ArrayList<>(values));
        if (deletes && dice.oneIn(size > 1000 ? 50 : 6)) {
          some.add(row(-row - 1, fields, spreads, nullsInTen));
        }
        if (equality && next < size && stale.size() < 40 && dice.oneIn(4)) {
          stale.add(row(dice.between(next + 1, size), fields, spreads, nullsInTen));
        }
      }
      if (commit > 0 && dice.oneIn(3)) {
        steps.add(layouts.change(fields));
      }
      if (commit == early) {
        steps.addAll(history.changes());
      }
      List<Step> mending = changes && dice.oneIn(2) ? detours.spoil(some, old) : List.of();
      some.addAll(stale);
      List<List<Fragment>> inserted = old ? some.stream().map(history::early).toList() : some;
      steps.add(new Step.Insert(old ? history.earlyNames() : names(fields), inserted));
      if (!stale.isEmpty()) {
        steps.add(detours.delete(stale, old));
      }
      steps.addAll(mending);
      if (deletes && (commit == commits - 1 || dice.oneIn(3))) {
        steps.add(new Step.Delete());
      }
    }
    if (commits == 1) {
      steps.addAll(history.changes());
    }
    List<Field> first = history.earlyFields();
    return new TableContents(
        name,
        fields,
        rows,
        first,
        layouts.of(first, history.partitionable(fields), deletes || equality || changes),
        steps);
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::name).toList();
  }

  private Family family() {
    if (dice.oneIn(4)) {
      return dice.of(
          Family.REAL,
          Family.TIME,
          Family.TIMESTAMPTZ,
          Family.VARBINARY,
          Family.UUID,
          Family.INTEGERS,
          Family.TEXTS,
          Family.STRUCT,
          Family.MAP);
    }
    return dice.of(
        Family.BOOLEAN,
        Family.INTEGER,
        Family.BIGINT,
        Family.DECIMAL,
        Family.DECIMAL,
        Family.DOUBLE,
        Family.VARCHAR,
        Family.VARCHAR,
        Family.DATE,
        Family.TIMESTAMP);
  }

  private List<Fragment> row(int key, List<Field> fields, List<Spread> spreads, int[] nullsInTen) {
    List<Fragment> values = new ArrayList<>(List.of(Fragment.of("" + key)));
    for (int i = 1; i < fields.size(); i++) {
      values.add(
          dice.between(1, 10) <= nullsInTen[i]
              ? Fragment.of("NULL")
              : literals.of(fields.get(i).type(), spreads.get(i)));
    }
    return values;
  }
}
