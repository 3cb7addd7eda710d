package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COPY: FROM is an INSERT of the rows of files, TO a query whose rows become a file. */
final class CopyPlanner {
  private final StatementContext context;
  private final QueryPlanner queries;

  CopyPlanner(StatementContext context) {
    this.context = context;
    this.queries = new QueryPlanner(context);
  }

  PlannedStatement from(ParsedStatement.CopyFrom copy) {
    ParsedSql parsed = context.parsed();
    TargetTable target = TargetTable.of(copy.target(), context.references(), parsed.source());
    List<Integer> columns =
        copy.columns() == null
            ? target.allColumns()
            : target.columns(copy.columns(), parsed.source(), copy.target().offset());
    List<Column> wanted = new ArrayList<>();
    for (int column : columns) {
      wanted.add(new Column(target.fields().get(column).name(), target.types().get(column), true));
    }
    CopyFormat format =
        new CopyOptions(copy.options(), parsed.source())
            .format(copy.location(), copy.offset(), false);
    PhysicalNode rows = new FileRows(copy.location(), format, wanted, copy.columns() != null);
    PhysicalNode complete = new InsertPlanner.RowShape(queries).complete(rows, target, columns);
    return new PlannedStatement.Insert(
        target.handle(), queries.optimize(complete), null, List.of(), queries.parameters());
  }

  PlannedStatement to(ParsedStatement.CopyTo copy) {
    ParsedSql parsed = context.parsed();
    CopyOptions options = new CopyOptions(copy.options(), parsed.source());
    CopyFormat format = options.format(copy.location(), copy.offset(), true);
    QueryText text = parsed.newQuery();
    @Nullable Slice query = copy.query();
    @Nullable Slice table = copy.table();
    if (query != null) {
      text.addSlice(query);
    } else if (table != null) {
      text.add("SELECT");
      @Nullable Slice columns = copy.columns();
      if (columns == null) {
        text.add("*");
      } else {
        text.addSlice(columns);
      }
      text.add("FROM").addSlice(table);
    }
    QueryPlanner.Unoptimized rows = queries.translate(text);
    return new PlannedStatement.CopyTo(
        queries.optimize(rows.node()),
        query == null ? rows.results() : ColumnLabels.of(parsed, query, rows.results()),
        copy.location(),
        format,
        options.overwrite(),
        queries.parameters());
  }
}
