package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.records.RecordReader;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.converter.stream.InputStreamCache;

/**
 * Reads what a message carries. Streams are left readable: a cached one is reset, any other is replaced by a cached copy of
 * its bytes, which is the only change a step makes to an incoming body.
 */
final class ExchangeMapper {

    private ExchangeMapper() {}

    /**
     * The message's records.
     *
     * @throws DataException if the body holds none
     */
    static Records records(Exchange exchange) {
        return RecordReader.read(body(exchange));
    }

    /** The body with streams and files read to bytes, and exchanges or messages in a list replaced by their bodies. */
    static Object body(Exchange exchange) {
        return body(exchange, exchange.getMessage());
    }

    private static Object body(Exchange exchange, Message message) {
        Object body = message.getBody();
        if (body instanceof StreamCache || body instanceof InputStream || body instanceof Reader || isFile(body)) {
            return bytes(exchange, message, body);
        }
        if (body instanceof ByteBuffer buffer) {
            return bytesOf(buffer);
        }
        if (body instanceof List<?> list && !list.isEmpty() && isCarrier(list.get(0))) {
            return bodies(exchange, list);
        }
        return body;
    }

    private static boolean isFile(Object body) {
        return body instanceof WrappedFile || body instanceof File || body instanceof Path;
    }

    private static boolean isCarrier(Object item) {
        return item instanceof Exchange || item instanceof Message;
    }

    private static List<Object> bodies(Exchange carrier, List<?> list) {
        List<Object> bodies = new ArrayList<>(list.size());
        for (Object item : list) {
            Object body = item;
            if (item instanceof Exchange exchange) {
                body = body(exchange);
            } else if (item instanceof Message message) {
                body = body(carrier, message);
            }
            bodies.add(body);
        }
        return bodies;
    }

    private static byte[] bytes(Exchange exchange, Message message, Object body) {
        if (body instanceof StreamCache cache) {
            cache.reset();
        }
        byte[] bytes = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, body);
        if (bytes == null) {
            throw new DataException(Reason.UNDECODABLE, List.of(), "body must be readable to its end as bytes");
        }
        if (body instanceof StreamCache cache) {
            cache.reset();
        } else if (!isFile(body)) {
            message.setBody(new InputStreamCache(bytes));
        }
        return bytes;
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
