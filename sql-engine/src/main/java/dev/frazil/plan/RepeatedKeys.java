package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/**
 * ROLLUP and CUBE with a key that stands there twice: {@code ROLLUP (a, a)} groups by {@code a} two
 * times (ISO 9075-2, 7.13), but Calcite drops the second. The grouping sets are written out.
 */
final class RepeatedKeys {
  private static final int MOST_KEYS = 8;

  private RepeatedKeys() {}

  static SqlNode expand(SqlCall call) {
    boolean isRollup = call.getKind() == SqlKind.ROLLUP;
    List<SqlNode> keys = call.getOperandList();
    if ((!isRollup && call.getKind() != SqlKind.CUBE)
        || keys.size() > MOST_KEYS
        || !hasRepeated(keys)) {
      return call;
    }
    SqlParserPos position = call.getParserPosition();
    List<SqlNode> sets = new ArrayList<>();
    for (int set = (1 << keys.size()) - 1; set >= 0; set--) {
      // A roll-up keeps the first keys: its sets are the numbers 1..10..0.
      int dropped = ~set & ((1 << keys.size()) - 1);
      if (!isRollup || (dropped & (dropped + 1)) == 0) {
        sets.add(set(keys, set, position));
      }
    }
    return SqlStdOperatorTable.GROUPING_SETS.createCall(position, sets);
  }

  private static SqlNode set(List<SqlNode> keys, int set, SqlParserPos position) {
    List<SqlNode> chosen = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if ((set >> (keys.size() - 1 - i) & 1) == 1) {
        if (keys.get(i) instanceof SqlCall composite && composite.getKind() == SqlKind.ROW) {
          chosen.addAll(composite.getOperandList());
        } else {
          chosen.add(keys.get(i));
        }
      }
    }
    return switch (chosen.size()) {
      case 0 -> new SqlNodeList(position);
      case 1 -> chosen.get(0);
      default -> SqlStdOperatorTable.ROW.createCall(position, chosen);
    };
  }

  private static boolean hasRepeated(List<SqlNode> keys) {
    for (int i = 0; i < keys.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (keys.get(i).equalsDeep(keys.get(j), Litmus.IGNORE)) {
          return true;
        }
      }
    }
    return false;
  }
}
