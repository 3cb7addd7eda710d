package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns of the input beside the elements of its collections, one row an element. Several
 * collections are gone through in parallel; a shorter one gives nulls. A null collection is empty.
 *
 * @param collections arrays and maps over the input
 * @param kinds what each becomes
 * @param keepsEmpty whether a row without elements comes out once, with nulls
 * @param ordinality whether the element's number, from 1, is the last column
 * @param added the columns behind those of the input
 * @param unread input columns that nobody reads: they come out as nulls, for copying a collection
 *     to each of its elements would take their number squared
 */
public record Unnest(
    PhysicalNode input,
    List<ScalarExpression> collections,
    List<Kind> kinds,
    boolean keepsEmpty,
    boolean ordinality,
    List<Column> added,
    Set<Integer> unread)
    implements RareNode {
  private static final double ELEMENTS = 4;

  /** The columns that a collection becomes. */
  public enum Kind {
    /** One column: the elements of an array. */
    ELEMENT,
    /** A column for each field of the rows in an array; nulls for a null row. */
    FIELDS,
    /** Two columns: the keys and values of a map. */
    ENTRY
  }

  public Unnest {
    collections = List.copyOf(collections);
    kinds = List.copyOf(kinds);
    added = List.copyOf(added);
    unread = Set.copyOf(unread);
  }

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>(input.columns());
    columns.addAll(added);
    return List.copyOf(columns);
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of(input);
  }

  @Override
  public Unnest withInputs(List<PhysicalNode> inputs) {
    return new Unnest(inputs.get(0), collections, kinds, keepsEmpty, ordinality, added, unread);
  }

  /** The same over an input of fewer columns and with expressions to match. */
  public Unnest over(
      PhysicalNode newInput, List<ScalarExpression> newCollections, Set<Integer> newUnread) {
    return new Unnest(newInput, newCollections, kinds, keepsEmpty, ordinality, added, newUnread);
  }

  @Override
  public List<ScalarExpression> expressions() {
    return collections;
  }

  @Override
  public int passedColumns() {
    return input.columns().size();
  }

  @Override
  public double estimate(List<Double> inputRows) {
    return inputRows.get(0) * ELEMENTS;
  }

  @Override
  public String describe() {
    List<String> parts = new ArrayList<>();
    for (ScalarExpression collection : collections) {
      parts.add(ExpressionText.of(collection, input.columns()));
    }
    return "Unnest " + parts + (ordinality ? " with ordinality" : "");
  }
}
