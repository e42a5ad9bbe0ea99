package io.weighbridge.app.evaluate.chart;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;

/** Writes a chart as SVG. */
final class SvgFile {

    private static final int DECIMALS = 2;

    /**
     * What is as well left out: the document type, which some readers would fetch, and what texts and boxes are cut by and how they treat blanks, as
     * they lie within the picture and their blanks are single.
     */
    private static final Pattern NEEDLESS = Pattern.compile("<!DOCTYPE[^>]*>\\s*"
            + "|(?<=<(text|rect)[^>]{0,300})(clip-path:url\\(#clipPath\\d+\\); ?| xml:space=\"preserve\")");

    private SvgFile() {}

    /** Writes the chart; the folder is made if there is none. */
    static void write(JFreeChart chart, int width, int height, Path file) throws IOException {
        // Turned text stays text, instead of the outlines of its letters in this machine's font.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
        var context = SVGGeneratorContext.createDefault(newDocument());
        context.setComment(null);
        context.setPrecision(DECIMALS);
        var graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle(width, height));
        var text = new StringWriter();
        graphics.stream(text, true);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, NEEDLESS.matcher(text.toString().replace("\r\n", "\n")).replaceAll(""));
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform has an XML parser", e);
        }
    }
}
