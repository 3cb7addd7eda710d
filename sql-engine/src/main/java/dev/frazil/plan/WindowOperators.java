package dev.frazil.plan;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;

/** What windows have that Calcite's operators do not. */
final class WindowOperators {
  /** Marks the offset of a GROUPS frame, which Calcite's parser does not know. */
  static final SqlFunction FRAME_GROUPS =
      new SqlFunction(
          "$groups",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          InferTypes.FIRST_KNOWN,
          OperandTypes.NUMERIC,
          SqlFunctionCategory.NUMERIC);

  /** Of any number of buckets, where Calcite's wants a literal. */
  static final SqlAggFunction NTILE =
      new SqlAggFunction(
          "NTILE",
          null,
          SqlKind.NTILE,
          ReturnTypes.RANK,
          InferTypes.FIRST_KNOWN,
          OperandTypes.INTEGER,
          SqlFunctionCategory.NUMERIC,
          false,
          true,
          Optionality.FORBIDDEN) {};

  private WindowOperators() {}
}
