/** The report: figures into prose, tables and JSON. The same figures give the same bytes; nothing in it depends on the machine or the day. */
package io.weighbridge.app.evaluate.report;
