/** Fakes and checkers for tests, published in the tests jar of sql-engine. */
@NullMarked
package dev.frazil.testing;

import org.jspecify.annotations.NullMarked;
