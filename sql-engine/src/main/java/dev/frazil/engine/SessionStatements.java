package dev.frazil.engine;

import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.RequestScope;
import dev.frazil.txn.CommitState;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs statements about the transaction and the session. Stateless. */
final class SessionStatements {
  static final List<ResultColumn> COMMIT_STATE_COLUMNS =
      List.of(
          new ResultColumn("state", SqlType.Primitive.VARCHAR, false, null, null),
          new ResultColumn("commit_id", SqlType.Primitive.VARCHAR, true, null, null));

  private SessionStatements() {}

  /** Null for any other statement. */
  static @Nullable StatementResult run(PlannedStatement planned, DatabaseSession session) {
    if (planned instanceof PlannedStatement.ShowCommitState show) {
      return new StatementResult.Rows(commitState(session.commitState(show.token())));
    } else if (planned instanceof PlannedStatement.StartTransaction start) {
      session.transactions().start(start);
    } else if (planned instanceof PlannedStatement.SetTransaction set) {
      session.transactions().set(set);
    } else if (planned instanceof PlannedStatement.SetProperty set) {
      SettingStatements.set(set.name(), set.value(), session);
    } else if (planned instanceof PlannedStatement.Commit) {
      RequestScope.runOutside(session.transactions()::commit);
    } else if (planned instanceof PlannedStatement.Rollback) {
      RequestScope.runOutside(session::rollback);
    } else if (planned instanceof PlannedStatement.SetSavepoint set) {
      session.setSavepoint(set.name());
    } else if (planned instanceof PlannedStatement.RollbackTo rollback) {
      session.rollbackTo(session.transactions().savepoint(rollback.name()));
    } else if (planned instanceof PlannedStatement.ReleaseSavepoint release) {
      session.releaseSavepoint(session.transactions().savepoint(release.name()));
    } else if (planned instanceof PlannedStatement.SetIdempotencyToken set) {
      if (set.initial()) {
        session.token().reset();
      } else {
        session.setIdempotencyToken(set.token());
      }
    } else if (planned instanceof PlannedStatement.SetTimeZone set) {
      session.settings().setTimeZone(set.zone());
    } else if (planned instanceof PlannedStatement.UseSchema use) {
      session.setCurrentSchema(use.schema());
    } else {
      return null;
    }
    return new StatementResult.UpdateCount(0);
  }

  private static ResultCursor commitState(CommitState state) {
    VectorBuilder word = VectorBuilder.of(SqlType.Primitive.VARCHAR);
    word.appendText(state.committed() ? "COMMITTED" : "NOT COMMITTED");
    VectorBuilder id = VectorBuilder.of(SqlType.Primitive.VARCHAR);
    id.appendValue(state.commitId());
    return new TextCursor(COMMIT_STATE_COLUMNS, new RowBatch(List.of(word.build(), id.build()), 1));
  }
}
