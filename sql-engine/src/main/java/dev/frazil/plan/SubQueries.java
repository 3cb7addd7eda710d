package dev.frazil.plan;

import org.apache.calcite.rel.RelNode;

/** Turns sub-queries in expressions into joins. */
final class SubQueries {

  RelNode remove(RelNode relation) {
    return relation;
  }
}
