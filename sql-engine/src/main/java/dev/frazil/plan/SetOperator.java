package dev.frazil.plan;

/** UNION, INTERSECT, EXCEPT. */
public enum SetOperator {
  UNION,
  INTERSECT,
  EXCEPT
}
