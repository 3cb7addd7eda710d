package dev.frazil.differential;

import dev.frazil.differential.Literals.Spread;
import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;

/** Random tables: every type, every share of nulls, several files, deleted rows, partitions. */
final class RandomTables {
  private static final int[] SIZES = {0, 1, 6, 20, 20, 60, 200};
  private static final int[][] DECIMALS = {{9, 2}, {5, 0}, {18, 4}, {30, 6}, {12, 2}};

  private final Dice dice;
  private final Literals literals;

  RandomTables(Dice dice) {
    this.dice = dice;
    this.literals = new Literals(dice);
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
    fields.add(new Field("id", ValueType.bigint(1000), dice.oneIn(2)));
    spreads.add(Spread.TAME);
    fields.add(new Field("k", ValueType.integer(12), false));
    spreads.add(Spread.FEW);
    int columns = dice.between(3, 8);
    for (int i = 1; i <= columns; i++) {
      Family family = family();
      Spread spread = dice.of(Spread.FEW, Spread.TAME, Spread.TAME, Spread.WILD);
      int[] decimal = dice.of(DECIMALS);
      if (family == Family.DECIMAL && decimal[0] == 30) {
        spread = Spread.WILD;
      }
      fields.add(
          new Field("c" + i, Literals.type(family, spread, decimal[0], decimal[1]), dice.oneIn(6)));
      spreads.add(spread);
    }
    int size = SIZES[dice.between(0, SIZES.length - 1)];
    int[] nullsInTen = new int[fields.size()];
    for (int i = 1; i < nullsInTen.length; i++) {
      nullsInTen[i] = fields.get(i).required() ? 0 : dice.of(0, 1, 1, 3, 5, 10);
    }
    List<List<Fragment>> rows = new ArrayList<>();
    for (int row = 1; row <= size; row++) {
      rows.add(row(row, fields, spreads, nullsInTen));
    }
    List<List<Fragment>> doomed = new ArrayList<>();
    if (dice.oneIn(2)) {
      for (int row = 1; row <= dice.between(1, 12); row++) {
        doomed.add(row(-row, fields, spreads, nullsInTen));
      }
    }
    return new TableContents(name, fields, rows, layout(fields), dice.between(1, 4), doomed);
  }

  private Family family() {
    if (dice.oneIn(6)) {
      return dice.of(Family.REAL, Family.TIME, Family.TIMESTAMPTZ, Family.VARBINARY, Family.UUID);
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

  private String layout(List<Field> fields) {
    List<String> partitions = new ArrayList<>(List.of("k", "bucket(3, id)"));
    for (Field field : fields) {
      switch (field.type().family()) {
        case VARCHAR -> partitions.add("truncate(1, " + field.name() + ")");
        case DATE -> partitions.add("year(" + field.name() + ")");
        case BOOLEAN -> partitions.add(field.name());
        default -> {}
      }
    }
    String partitioning = dice.oneIn(3) ? " PARTITIONED BY (" + dice.pick(partitions) + ")" : "";
    return partitioning
        + " WITH (\"format-version\" = '"
        + dice.of(2, 2, 3)
        + "', \"write.delete.mode\" = '"
        + dice.of("merge-on-read", "merge-on-read", "copy-on-write")
        + "')";
  }
}
