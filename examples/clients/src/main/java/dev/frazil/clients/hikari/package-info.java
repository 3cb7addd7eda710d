/** Frazil in HikariCP; see {@code docs/guides/pools.md}. */
@NullMarked
package dev.frazil.clients.hikari;

import org.jspecify.annotations.NullMarked;
