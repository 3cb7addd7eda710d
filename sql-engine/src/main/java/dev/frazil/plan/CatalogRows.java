package dev.frazil.plan;

import java.util.List;

/**
 * Rows about the database as it was when the statement was planned. A plan with such a node holds
 * for one execution.
 */
public record CatalogRows(List<Column> columns, List<List<ScalarExpression>> rows)
    implements RareNode {
  public CatalogRows {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of();
  }

  @Override
  public CatalogRows withInputs(List<PhysicalNode> inputs) {
    return this;
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return rows.size();
  }

  @Override
  public String describe() {
    return "CatalogRows [" + rows.size() + " rows]";
  }
}
