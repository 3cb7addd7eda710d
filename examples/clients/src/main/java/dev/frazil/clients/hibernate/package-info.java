/** Frazil in Hibernate; see {@code docs/guides/hibernate.md}. */
@NullMarked
package dev.frazil.clients.hibernate;

import org.jspecify.annotations.NullMarked;
