package io.github.camelaiflow.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Looks at pages as a browser would. */
public final class Pages {

    private Pages() {}

    /** The page as a document; it must be well-formed. */
    public static Document parsed(String page) {
        assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(
                            new StringReader(page.substring(page.indexOf('\n')).strip())));
        } catch (Exception e) {
            throw new AssertionError("the page must be well-formed", e);
        }
    }

    /** What a reader reads, with plain blanks. */
    public static String text(String page) {
        Document document = parsed(page);
        return (document.getElementsByTagName("title").item(0).getTextContent()
                        + document.getElementsByTagName("body").item(0).getTextContent())
                .replace('\u00A0', ' ');
    }

    /** All elements of a name. */
    public static List<Element> elements(String page, String name) {
        NodeList nodes = parsed(page).getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** Nothing is loaded or run, links lead somewhere, tables and pictures have words. */
    public static void standsForItself(String page) throws Exception {
        String style = elements(page, "style").get(0).getTextContent();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(page).contains("default-src &#39;none&#39;; style-src &#39;sha256-" + hash + "&#39;");
        assertThat(page).doesNotContain("http:", "https:", " src=", " style=", "<script", "NaN", "Infinity");
        assertThat(style).doesNotContain("url(").doesNotContain("@import").contains("prefers-color-scheme:dark");
        Set<String> ids = new HashSet<>();
        List<String> links = new ArrayList<>();
        for (Element element : elements(page, "*")) {
            if (element.hasAttribute("id")) {
                assertThat(ids.add(element.getAttribute("id"))).isTrue();
            }
            if (element.hasAttribute("href")) {
                links.add(element.getAttribute("href").substring(1));
            }
            if (element.getTagName().equals("table")) {
                assertThat(element.getElementsByTagName("caption").getLength()).isEqualTo(1);
            }
            if (element.getTagName().equals("svg")) {
                assertThat(element.hasAttribute("aria-label") || element.hasAttribute("aria-hidden"))
                        .isTrue();
            }
        }
        assertThat(ids).containsAll(links).contains("main");
        // HTML knows no such short form: all that follows would be inside
        assertThat(page).doesNotContainPattern("<(span|div|td|th|table|section|details|p|a|dl|dt|dd)( [^>]*)?/>");
    }
}
