/**
 * The optimiser: rules over our own tree. Predicates move to the scans, joins get an order, an
 * algorithm and a build side, and columns that nobody needs are not read.
 */
@NullMarked
package dev.frazil.plan.rule;

import org.jspecify.annotations.NullMarked;
