/** The charts of the report, as SVG files whose bytes depend on the figures alone. */
package io.weighbridge.app.evaluate.chart;
