/** What has to stand beside sqlline's own classes, since it needs those that are not public. */
package sqlline;
