package dev.frazil.conformance;

import java.util.ArrayList;
import java.util.List;

/** All checks. */
public final class Suite {
  private Suite() {}

  /** In the order in which they run. */
  public static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.addAll(GetterChecks.checks());
    checks.addAll(RangeChecks.checks());
    checks.addAll(ObjectClassChecks.checks());
    checks.addAll(SetterChecks.checks());
    checks.addAll(TemporalChecks.checks());
    checks.addAll(LobArrayChecks.checks());
    checks.addAll(ColumnMetaDataChecks.checks());
    checks.addAll(MetaDataShapeChecks.checks());
    checks.addAll(MetaDataAnswerChecks.checks());
    checks.addAll(MetaDataContentChecks.checks());
    checks.addAll(StatementChecks.checks());
    checks.addAll(StatementSettingChecks.checks());
    checks.addAll(PreparedChecks.checks());
    checks.addAll(BatchChecks.checks());
    checks.addAll(TransactionChecks.checks());
    checks.addAll(ConnectionChecks.checks());
    checks.addAll(ScrollChecks.checks());
    checks.addAll(EscapeChecks.checks());
    checks.addAll(WrapperChecks.checks());
    checks.addAll(ClosedChecks.checks());
    checks.addAll(ErrorChecks.checks());
    return List.copyOf(checks);
  }
}
