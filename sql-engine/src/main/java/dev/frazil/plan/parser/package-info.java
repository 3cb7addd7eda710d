/**
 * The statements' outer grammar: a tokenizer and the parts that Calcite's parser does not know.
 * Query parts stay text, to be parsed by Calcite, with a map back to the positions of the original.
 */
@NullMarked
package dev.frazil.plan.parser;

import org.jspecify.annotations.NullMarked;
