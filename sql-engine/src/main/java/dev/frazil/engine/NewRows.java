package dev.frazil.engine;

import dev.frazil.catalog.TableBranch;
import dev.frazil.dml.CheckedRows;
import dev.frazil.dml.InsertWriter;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.SqlFrontend;
import dev.frazil.plan.TableCheck;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.ObjectStore;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a statement adds to a table: checked, their keys remembered, written, and kept
 * where the statement returns them. One thread.
 *
 * @param checks null for a table without CHECK
 * @param returned null for a statement without RETURNING
 */
record NewRows(
    InsertWriter writer,
    WrittenKeys keys,
    @Nullable CheckedRows checks,
    @Nullable ReturnedRows returned) {

  static NewRows of(
      TableHandle target,
      ObjectStore store,
      SessionTransaction transaction,
      QueryContext context,
      @Nullable ReturnedRows returned) {
    CheckedRows checks = checks(target, transaction, context);
    return new NewRows(
        new InsertWriter(target.table(), store, context),
        WrittenKeys.of(target.table()),
        checks,
        returned);
  }

  /**
   * What new rows of a table have to satisfy; null for a table without CHECK. Asked before anything
   * is written; 0A000 where the transaction cannot change the table.
   */
  static @Nullable CheckedRows checks(
      TableHandle target, SessionTransaction transaction, QueryContext context) {
    transaction.transaction().requireChangeable(target.identifier());
    if (!TableCheck.guards(target.table())) {
      return null;
    }
    PlanSettings settings = PlanSettings.defaults().in(context.timeZone());
    List<TableCheck> checks =
        new SqlFrontend(transaction).checks(target.identifier(), target.table(), settings);
    return new CheckedRows(TableBranch.text(target.identifier()), checks, context);
  }

  /** Takes the rows alive of a batch; what is returned stands behind the columns of the table. */
  void write(RowBatch batch) {
    if (checks != null) {
      checks.verify(batch);
    }
    keys.insert(batch);
    if (returned == null) {
      writer.write(batch);
      return;
    }
    int columns = batch.columns().size() - returned.columns().size();
    writer.write(
        new RowBatch(batch.columns().subList(0, columns), batch.rowCount(), batch.selection()));
    returned.add(batch);
  }
}
