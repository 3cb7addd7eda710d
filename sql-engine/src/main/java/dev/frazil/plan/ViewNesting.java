package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The views whose queries are being read, outermost first. Errors: 42P17 for one that reads itself,
 * 54000 for too many.
 */
final class ViewNesting {
  /** Views that read views that read views. */
  static final int MAX_DEPTH = 32;

  /** Reads of views in one statement, those within views counted: each may read two of the next. */
  static final int MAX_VIEWS = 1_000;

  private final List<TableIdentifier> chain;
  private final int[] count;
  private final Set<RelNode> expanded;

  private ViewNesting(List<TableIdentifier> chain, int[] count, Set<RelNode> expanded) {
    this.chain = chain;
    this.count = count;
    this.expanded = expanded;
  }

  /** Outside of all views. */
  static ViewNesting none() {
    return new ViewNesting(
        List.of(), new int[1], Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  /** Within the query of one more view. */
  ViewNesting enter(TableIdentifier view) {
    List<TableIdentifier> deeper = new ArrayList<>(chain);
    deeper.add(view);
    if (chain.contains(view)) {
      throw new EngineException(
          SqlState.INVALID_OBJECT_DEFINITION,
          "the view "
              + view
              + " reads itself: "
              + deeper.subList(chain.indexOf(view), deeper.size()).stream()
                  .map(TableIdentifier::toString)
                  .collect(Collectors.joining(" reads ")));
    }
    if (deeper.size() > MAX_DEPTH) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "views read views more than the limit of "
              + MAX_DEPTH
              + " deep, from "
              + chain.get(0)
              + " down to "
              + view);
    }
    return new ViewNesting(deeper, count, expanded);
  }

  /** What stands in the places of views in the whole statement, by identity. */
  Set<RelNode> expanded() {
    return expanded;
  }

  /** Counts a read of the innermost view. */
  void read() {
    if (++count[0] > MAX_VIEWS) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the statement reads views more than the limit of "
              + MAX_VIEWS
              + " times, those that its views read counted");
    }
  }
}
