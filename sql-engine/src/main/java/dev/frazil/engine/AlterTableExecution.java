package dev.frazil.engine;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.maintenance.StagedFileCleanup;
import dev.frazil.plan.ConstantSource;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.SqlFrontend;
import dev.frazil.plan.TableChange;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.txn.Transaction;
import dev.frazil.vector.RowBatch;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;

/**
 * Runs ALTER TABLE within a transaction: each alteration on what those before it made of the table;
 * all or none. One thread.
 */
final class AlterTableExecution {
  private final StatementExecutor executor;
  private final SessionTransaction transaction;
  private final QueryContext context;
  private final SqlFrontend frontend;
  private final PlanSettings settings;

  AlterTableExecution(
      StatementExecutor executor, SessionTransaction transaction, QueryContext context) {
    this.executor = executor;
    this.transaction = transaction;
    this.context = context;
    this.frontend =
        new SqlFrontend(
            transaction,
            query ->
                query.parameters().isEmpty()
                    ? PlanConstants.only(query, context)
                    : ConstantSource.UNKNOWN);
    this.settings = PlanSettings.defaults().in(context.timeZone());
  }

  void run(PlannedStatement.AlterTable alter) {
    transaction.prepareWrite("ALTER TABLE");
    if (alter.alterations().isEmpty()) {
      transaction.transaction().reads().name(alter.identifier());
      return;
    }
    long before = transaction.setSavepoint(null);
    boolean done = false;
    try {
      TableIdentifier table = alter.identifier();
      for (TableAlteration alteration : alter.alterations()) {
        for (TableChange change : frontend.changes(alter, alteration, table, settings)) {
          table = apply(change, table);
        }
      }
      done = true;
    } finally {
      if (!done) {
        StagedFileCleanup.remove(executor.store(), transaction.rollbackTo(before));
      }
      transaction.savepoints().release(before);
    }
  }

  /** Looks whether the rows that a table or branch has now may be there. */
  void require(TableIdentifier table, List<TableChange.Require> requirements) {
    requirements.forEach(requirement -> apply(requirement, table));
  }

  /** Answers the name of the table from now on. */
  private TableIdentifier apply(TableChange change, TableIdentifier table) {
    context.cancellation().check();
    Transaction changes = transaction.transaction();
    if (change instanceof TableChange.Update update) {
      update(table, update);
    } else if (change instanceof TableChange.Require require) {
      for (String branch : transaction.load(table).orElseThrow().refs().keySet()) {
        changes.reads().keys(TableBranch.of(table, branch), Expressions.alwaysTrue());
      }
      changes.reads().keys(table, Expressions.alwaysTrue());
      if (hasRows(require.query())) {
        throw new EngineException(require.state(), require.problem());
      }
    } else if (change instanceof TableChange.InFiles inFiles) {
      changes
          .load(table)
          .ifPresent(found -> new ColumnsOfFiles(found).require(table, inFiles.column()));
    } else if (change instanceof TableChange.Fill fill) {
      changes.reads().keys(TableBranch.of(table, fill.branch()), Expressions.alwaysTrue());
      // The rows of the table have the default, whatever becomes of those written from now on.
      new StatementExecutor(executor.store(), () -> null)
          .execute(frontend.plan(fill.statement(), settings), transaction, context, null);
    } else if (change instanceof TableChange.Rename rename) {
      changes.definitions().renameTable(table, rename.to());
      return rename.to();
    }
    return table;
  }

  /** What Iceberg refuses in its own words. */
  private void update(TableIdentifier table, TableChange.Update update) {
    try {
      transaction.transaction().update(table, update.update());
    } catch (IllegalArgumentException | IllegalStateException | ValidationException e) {
      throw new EngineException(
          SqlState.INVALID_TABLE_DEFINITION,
          "the table " + table + " cannot be altered so: " + e.getMessage(),
          e);
    }
  }

  private boolean hasRows(String query) {
    PlannedStatement.Query planned = (PlannedStatement.Query) frontend.plan(query, settings);
    try (Operator operator = OperatorFactory.create(planned.root(), context)) {
      RowBatch batch = operator.next();
      while (batch != null && batch.selectedCount() == 0) {
        context.cancellation().check();
        batch = operator.next();
      }
      return batch != null;
    }
  }
}
