/**
 * Clients that cannot run in a build, replayed: their calls in their order, each with the class and
 * method of the client that makes it, and with the answer that its code needs.
 */
@org.jspecify.annotations.NullMarked
package dev.frazil.jdbc.client;
