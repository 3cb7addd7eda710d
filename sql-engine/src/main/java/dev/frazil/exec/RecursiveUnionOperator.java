package dev.frazil.exec;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.RecursiveUnion;
import dev.frazil.plan.WorkingTable;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the seed, then the step again and again over the rows that came last. These, and what the
 * step reads beside them, are kept in memory where they fit, else in temporary files; the rows that
 * a UNION compares with must fit. Ends with 54000 after the most steps allowed.
 */
final class RecursiveUnionOperator implements Operator {
  private final RecursiveUnion union;
  private final QueryContext context;
  private final Operator seed;
  private final SubPlan step;
  private final MemoryReservation reservation;
  private final @Nullable SeenRows seen;
  private final List<SqlType> types;
  private StepRows working;
  private StepRows fresh;
  private @Nullable Operator running;
  private int steps;

  /**
   * @param known the rows that stand for nodes around this one
   */
  RecursiveUnionOperator(
      RecursiveUnion union,
      Operator seed,
      QueryContext context,
      Map<PhysicalNode, RowSupply> known) {
    this.union = union;
    this.context = context;
    this.seed = seed;
    this.running = seed;
    this.types = union.columns().stream().map(Column::type).toList();
    this.working = new StepRows(context, types);
    this.fresh = new StepRows(context, types);
    IdentityHashMap<PhysicalNode, RowSupply> supplies = new IdentityHashMap<>();
    known.forEach(supplies::put);
    supply(union.step(), supplies);
    this.step = new SubPlan(union.step(), context, supplies);
    this.reservation = context.memory().open("the rows of a recursive query");
    this.seen = union.all() ? null : new SeenRows(reservation);
  }

  private void supply(PhysicalNode node, Map<PhysicalNode, RowSupply> supplies) {
    if (node instanceof WorkingTable table && table.working() == union.working()) {
      supplies.put(node, () -> new SerialSource(working.reader()));
    }
    node.inputs().forEach(input -> supply(input, supplies));
  }

  @Override
  public @Nullable RowBatch next() {
    while (true) {
      context.cancellation().check();
      Operator rows = running;
      if (rows == null) {
        if (fresh.isEmpty()) {
          return null;
        }
        rows = nextStep();
      }
      RowBatch batch = rows.next();
      if (batch == null) {
        rows.close();
        running = null;
        continue;
      }
      RowBatch compact = RowBatches.compact(batch);
      RowBatch kept = seen == null ? compact : seen.unseen(compact);
      if (kept != null) {
        fresh.add(kept);
        return kept;
      }
    }
  }

  private Operator nextStep() {
    if (++steps > union.maxSteps()) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the recursive query has not come to its end after "
              + union.maxSteps()
              + " steps: give it a condition that ends it, or raise the property recursionLimit");
    }
    working.close();
    working = fresh;
    working.finish();
    fresh = new StepRows(context, types);
    Operator next = step.start(context.outerRow());
    running = next;
    return next;
  }

  @Override
  public void close() {
    seed.close();
    Operator current = running;
    if (current != null) {
      current.close();
    }
    step.close();
    working.close();
    fresh.close();
    reservation.close();
  }
}
