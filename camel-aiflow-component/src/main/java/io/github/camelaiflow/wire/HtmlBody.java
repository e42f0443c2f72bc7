package io.github.camelaiflow.wire;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** An HTML page as a message's body. */
final class HtmlBody {

    private HtmlBody() {}

    static void set(Exchange exchange, String page) {
        Message message = exchange.getMessage();
        message.setBody(page);
        message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=UTF-8");
        message.setHeader("X-Content-Type-Options", "nosniff");
    }
}
