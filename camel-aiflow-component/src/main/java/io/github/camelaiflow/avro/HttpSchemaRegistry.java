package io.github.camelaiflow.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A schema registry asked over HTTP: {@code GET {base}/schemas/ids/{id}} answers {@code {"schema": "…"}}, as Confluent's
 * registry does, and Apicurio's under {@code /apis/ccompat/v7}. Schemas that refer to other subjects are not supported.
 *
 * <p>An id's schema never changes, so it is remembered for ever. What failed is remembered for
 * {@link Config#failureMemory()}: an id the registry does not have or cannot serve by itself, a registry that cannot be
 * reached for all new ids, so that an outage costs one timeout and not one per record. Thread-safe; new ids are asked for
 * one after another.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_FAILURES = 1000;

    /**
     * How the registry is asked.
     *
     * @param base where {@code /schemas/ids/} lies; http or https, without user info
     * @param headers sent with each request, for example {@code Authorization}; default none
     * @param connectTimeout default 2 s
     * @param requestTimeout for the whole answer, the body too; default 5 s
     * @param failureMemory how long a failure is answered without asking again; default 5 s
     * @param maxBytes the longest body taken; default 1 MiB
     */
    public record Config(
            URI base,
            Map<String, String> headers,
            Duration connectTimeout,
            Duration requestTimeout,
            Duration failureMemory,
            int maxBytes) {

        /**
         * @throws IllegalArgumentException if the base is no HTTP address or holds credentials, a timeout is not above
         *     zero, failureMemory is below zero, or maxBytes below 1
         */
        public Config {
            headers = Map.copyOf(headers);
            boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
            if (!http || base.getHost() == null || base.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "a schema registry's base must be an http(s) address without user info; credentials go into a header");
            }
            if (connectTimeout.compareTo(Duration.ZERO) <= 0 || requestTimeout.compareTo(Duration.ZERO) <= 0) {
                throw new IllegalArgumentException("timeouts must be above zero, were " + connectTimeout
                        + " to connect, " + requestTimeout + " for a request");
            }
            if (failureMemory.isNegative() || maxBytes < 1) {
                throw new IllegalArgumentException("failureMemory must be 0 or more and maxBytes 1 or more, were "
                        + failureMemory + " and " + maxBytes);
            }
        }

        /** The defaults for that base. */
        public static Config of(URI base) {
            return new Config(
                    base, Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);
        }

        @Override
        public String toString() {
            return "Config[base=" + base + ", headers=" + headers.keySet() + "]";
        }
    }

    /** What is answered until a time; without an exception: the id is unknown. */
    private record Failure(SchemaRegistryException exception, long untilNanos) {}

    private final Config config;
    private final LongSupplier nanoTime;
    private final HttpClient client;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final ReentrantLock asking = new ReentrantLock();
    private final Map<Integer, Failure> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Failure> eldest) {
            return size() > MAX_FAILURES;
        }
    };
    private Failure away;

    /** A registry asked as that says. No connection is made yet. */
    public HttpSchemaRegistry(Config config) {
        this(config, System::nanoTime);
    }

    HttpSchemaRegistry(Config config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.client = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Optional<Schema> byId(int id) {
        Schema known = schemas.get(id);
        if (known != null || id < 0) {
            return Optional.ofNullable(known);
        }
        asking.lock();
        try {
            return Optional.ofNullable(schemas.get(id)).or(() -> ask(id));
        } finally {
            asking.unlock();
        }
    }

    private Optional<Schema> ask(int id) {
        Failure failure = stillFailing(away) ? away : failures.get(id);
        if (stillFailing(failure)) {
            return answer(failure);
        }
        HttpResponse<byte[]> response = get(id);
        try {
            Optional<Schema> schema = read(id, response);
            schema.ifPresentOrElse(found -> schemas.put(id, found), () -> failures.put(id, failure(null)));
            return schema;
        } catch (SchemaRegistryException e) {
            failures.put(id, failure(e));
            throw e;
        }
    }

    private Failure failure(SchemaRegistryException exception) {
        return new Failure(
                exception, nanoTime.getAsLong() + config.failureMemory().toNanos());
    }

    private boolean stillFailing(Failure failure) {
        return failure != null && failure.untilNanos() - nanoTime.getAsLong() > 0;
    }

    /** A new exception each time: a shared one would show the stack of whoever asked first. */
    private static Optional<Schema> answer(Failure failure) {
        SchemaRegistryException first = failure.exception();
        if (first == null) {
            return Optional.empty();
        }
        throw new SchemaRegistryException(first.retryable(), first.getMessage(), first);
    }

    private HttpResponse<byte[]> get(int id) {
        String base = config.base().toString();
        URI uri = URI.create((base.endsWith("/") ? base : base + "/") + "schemas/ids/" + id);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .timeout(config.requestTimeout());
        config.headers().forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request.build(), BoundedBody.handler(config.maxBytes()));
        try {
            // The request's own timeout ends with the headers; a body may still trickle.
            return response.get(config.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new SchemaRegistryException(true, "interrupted while asking the schema registry", e);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw unreachable(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BoundedBody.TooLong tooLong
                    ? tooLong(id, tooLong)
                    : unreachable(e.getCause());
        }
    }

    private SchemaRegistryException unreachable(Throwable cause) {
        SchemaRegistryException exception = new SchemaRegistryException(
                true, "the schema registry must answer within " + config.requestTimeout() + ", but is away", cause);
        away = failure(exception);
        return exception;
    }

    private SchemaRegistryException tooLong(int id, IOException cause) {
        SchemaRegistryException exception = new SchemaRegistryException(
                false, "the schema of id " + id + " must be " + config.maxBytes() + " bytes or fewer", cause);
        failures.put(id, failure(exception));
        return exception;
    }

    private static Optional<Schema> read(int id, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 404) {
            return Optional.empty();
        }
        if (status != 200) {
            boolean retryable = status >= 500 || status == 408 || status == 429;
            throw new SchemaRegistryException(
                    retryable, "the schema registry must answer 200 for id " + id + ", was " + status, null);
        }
        try {
            JsonNode answer = JSON.readTree(response.body());
            if (!answer.path("schemaType").asText("AVRO").equals("AVRO")) {
                return Optional.empty();
            }
            return Optional.of(SchemaText.parse(answer.path("schema").asText()));
        } catch (JsonProcessingException | SchemaParseException e) {
            throw noSchema(id, e);
        } catch (IOException e) {
            throw new IllegalStateException("a byte array cannot fail to be read", e);
        }
    }

    private static SchemaRegistryException noSchema(int id, Exception cause) {
        return new SchemaRegistryException(
                false, "the schema registry must answer {\"schema\": …} with an Avro schema for id " + id, cause);
    }
}
