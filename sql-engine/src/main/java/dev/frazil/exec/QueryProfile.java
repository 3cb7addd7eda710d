package dev.frazil.exec;

import dev.frazil.plan.PhysicalNode;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * What the operators of one execution did, by the node of the plan that they stand for: the figures
 * of EXPLAIN ANALYZE. Thread-safe.
 */
public final class QueryProfile {
  private final IdentityHashMap<PhysicalNode, NodeProfile> nodes = new IdentityHashMap<>();

  /** The profile of a node, opened by its first operator. */
  synchronized NodeProfile open(PhysicalNode node, QueryContext statement) {
    return nodes.computeIfAbsent(
        node, added -> new NodeProfile(statement.memory(), statement.counters()));
  }

  /** Charges what a copy of a node does to the node. */
  synchronized void alias(PhysicalNode copy, PhysicalNode node, QueryContext statement) {
    nodes.put(copy, open(node, statement));
  }

  /** The profile of a node; empty when no operator was made for it. */
  public synchronized Optional<NodeProfile> find(PhysicalNode node) {
    return Optional.ofNullable(nodes.get(node));
  }
}
