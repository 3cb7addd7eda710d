package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.StatementParser;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName;
import dev.frazil.plan.parser.TravelledTable;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * SQL text to a planned statement: parses, resolves against the tables of one session, optimises.
 * One thread at a time. Errors: 42601 (syntax, with line and column), 42P01, 42703, 42702, 42804,
 * 42883, 0A000 (names the construct), 54000 (too long or too deeply nested).
 */
public final class SqlFrontend {
  private final TableResolver tables;
  private final ConstantSource constants;

  /** A front end of which no statement's execution is meant: it knows no parameters. */
  public SqlFrontend(TableResolver tables) {
    this(tables, query -> ConstantSource.UNKNOWN);
  }

  /**
   * @param constants values of this execution
   */
  public SqlFrontend(TableResolver tables, ConstantSource constants) {
    this.tables = tables;
    this.constants = constants;
  }

  /** Plans one statement; a trailing semicolon is allowed. */
  public PlannedStatement plan(String sql, PlanSettings settings) {
    try {
      ParsedSql parsed = StatementParser.parse(JoinedSchemaNames.apart(sql, tables));
      return plan(parsed, parsed.statement(), settings);
    } catch (StackOverflowError e) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the statement is too deeply nested to be planned: split it, or use IN instead of long"
              + " chains of OR",
          e);
    } catch (AssertionError e) {
      // Calcite throws it itself, whether assertions are on or not.
      throw EngineException.internal("planning", e);
    }
  }

  /** The CHECK constraints of a table, to be held by every row that is written. */
  public List<TableCheck> checks(TableIdentifier identifier, Table table, PlanSettings settings) {
    return CheckPlanner.of(CatalogSchema.current(identifier, table), tables, settings, constants);
  }

  /** What an alteration makes of a table, as the table is now. */
  public List<TableChange> changes(
      PlannedStatement.AlterTable alter,
      TableAlteration alteration,
      TableIdentifier identifier,
      PlanSettings settings) {
    Table table =
        tables
            .load(identifier)
            .orElseThrow(() -> EngineException.internal("no table " + identifier));
    return new AlterationPlanner(context(alter.parsed(), settings), identifier, table)
        .plan(alteration);
  }

  private PlannedStatement plan(
      ParsedSql parsed, ParsedStatement statement, PlanSettings settings) {
    if (statement instanceof ParsedStatement.Query query) {
      QueryPlanner planner = new QueryPlanner(context(parsed, settings));
      QueryPlanner.Unoptimized unoptimized =
          planner.translateShown(parsed.newQuery().addSlice(query.slice()));
      return new PlannedStatement.Query(
          planner.optimize(unoptimized.node()),
          ColumnLabels.of(parsed, query.slice(), unoptimized.results()),
          planner.parameters());
    } else if (statement instanceof ParsedStatement.Insert insert) {
      return new InsertPlanner(context(parsed, settings)).plan(insert);
    } else if (statement instanceof ParsedStatement.Update update) {
      return new RowChangePlanner(context(parsed, settings)).update(update);
    } else if (statement instanceof ParsedStatement.Delete delete) {
      return new RowChangePlanner(context(parsed, settings)).delete(delete);
    } else if (statement instanceof ParsedStatement.Merge merge) {
      return new MergePlanner(context(parsed, settings)).plan(merge);
    } else if (statement instanceof ParsedStatement.CopyFrom copy) {
      return new CopyPlanner(context(parsed, settings)).from(copy);
    } else if (statement instanceof ParsedStatement.CopyTo copy) {
      return new CopyPlanner(context(parsed, settings)).to(copy);
    } else if (statement instanceof ParsedStatement.Call call) {
      return new CallPlanner(context(parsed, settings)).plan(call);
    } else if (statement instanceof ParsedStatement.Truncate truncate) {
      return new PlannedStatement.Truncate(
          context(parsed, settings).references().target(truncate.target(), parsed.source()));
    } else if (statement instanceof ParsedStatement.CreateSchema create) {
      return new DdlPlanner(context(parsed, settings)).createSchema(create);
    } else if (statement instanceof ParsedStatement.AlterSchema alter) {
      return new DdlPlanner(context(parsed, settings)).alterSchema(alter);
    } else if (statement instanceof ParsedStatement.DropSchema drop) {
      return new DdlPlanner(context(parsed, settings)).dropSchema(drop);
    } else if (statement instanceof ParsedStatement.CreateTable create) {
      return new CreateTablePlanner(context(parsed, settings)).plan(create);
    } else if (statement instanceof ParsedStatement.AlterTable alter) {
      return AlterationPlanner.statement(
          context(parsed, settings), alter.table(), alter.ifExists(), alter.alterations());
    } else if (statement instanceof ParsedStatement.CommentOnColumn comment) {
      return AlterationPlanner.commentOnColumn(
          context(parsed, settings), comment.column(), comment.comment());
    } else if (statement instanceof ParsedStatement.DropTable drop) {
      return new DdlPlanner(context(parsed, settings)).dropTable(drop);
    } else if (statement instanceof ParsedStatement.View view) {
      return new PlannedStatement.ChangeView(
          new ViewPlanner(context(parsed, settings)).plan(view.statement()));
    } else if (statement instanceof ParsedStatement.StartTransaction start) {
      TravelledTable.Version moment = start.moment();
      return new PlannedStatement.StartTransaction(
          start.readOnly(),
          start.serializable(),
          moment == null ? null : new HistoryPlanner(context(parsed, settings)).moment(moment));
    } else if (statement instanceof ParsedStatement.OfHistory ofHistory) {
      return new HistoryPlanner(context(parsed, settings)).plan(ofHistory.statement());
    } else if (statement instanceof ParsedStatement.SetTransaction set) {
      return new PlannedStatement.SetTransaction(
          set.readOnly(), set.serializable(), set.ofSession());
    } else if (statement instanceof ParsedStatement.SetProperty set) {
      return new PlannedStatement.SetProperty(set.name(), set.value());
    } else if (statement instanceof ParsedStatement.Commit) {
      return new PlannedStatement.Commit();
    } else if (statement instanceof ParsedStatement.Rollback) {
      return new PlannedStatement.Rollback();
    } else if (statement instanceof ParsedStatement.SetSavepoint set) {
      return new PlannedStatement.SetSavepoint(set.name());
    } else if (statement instanceof ParsedStatement.RollbackTo rollback) {
      return new PlannedStatement.RollbackTo(rollback.name());
    } else if (statement instanceof ParsedStatement.ReleaseSavepoint release) {
      return new PlannedStatement.ReleaseSavepoint(release.name());
    } else if (statement instanceof ParsedStatement.SetIdempotencyToken set) {
      return new PlannedStatement.SetIdempotencyToken(set.token(), set.initial());
    } else if (statement instanceof ParsedStatement.ShowCommitState show) {
      return new PlannedStatement.ShowCommitState(show.token());
    } else if (statement instanceof ParsedStatement.UseSchema use) {
      return new PlannedStatement.UseSchema(
          new TableNames(tables).requireSchema(use.name(), parsed.source()));
    } else if (statement instanceof ParsedStatement.SetTimeZone set) {
      String zone = set.zone();
      return new PlannedStatement.SetTimeZone(zone == null ? null : SessionZone.of(zone));
    } else if (statement instanceof ParsedStatement.ShowTimeZone) {
      return CatalogStatements.timeZone(settings.timeZone());
    } else if (statement instanceof ParsedStatement.Explain explain) {
      return new PlannedStatement.Explain(
          plan(parsed, explain.statement(), settings), explain.analyze());
    } else if (statement instanceof ParsedStatement.Show show) {
      return show(parsed, show, settings);
    } else if (statement instanceof ParsedStatement.DescribeQuery describe) {
      return CatalogStatements.columns(
          (PlannedStatement.Query)
              plan(parsed, new ParsedStatement.Query(describe.query()), settings));
    }
    throw EngineException.internal("no plan for " + statement.getClass().getSimpleName());
  }

  private PlannedStatement show(
      ParsedSql parsed, ParsedStatement.Show show, PlanSettings settings) {
    TableName table = show.name();
    if (show.what() == ParsedStatement.Shown.PARTITIONS && table != null) {
      QueryPlanner planner = new QueryPlanner(context(parsed, settings));
      QueryPlanner.Unoptimized query =
          planner.translateShown(
              PartitionListing.query(
                  new TableNames(tables).require(table, parsed.source()), parsed.newQuery()));
      return new PlannedStatement.Query(
          planner.optimize(query.node()), query.results(), planner.parameters());
    }
    return new CatalogStatements(tables, parsed.source()).plan(show);
  }

  private StatementContext context(ParsedSql parsed, PlanSettings settings) {
    return new StatementContext(parsed, tables, settings, constants);
  }
}
