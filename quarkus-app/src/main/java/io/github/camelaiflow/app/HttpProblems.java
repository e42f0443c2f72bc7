package io.github.camelaiflow.app;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers requests that reach no route with a problem document (RFC 9457) too, and sets limits before anything is parsed: bytes of the body,
 * no compressed one (it may unpack to a thousand times its size), and the time until it is there. What another site's page has a browser
 * send changes nothing, whoever is signed in there.
 */
@ApplicationScoped
final class HttpProblems {

    private static final int[] STATUSES = {400, 403, 404, 405, 406, 408, 413, 414, 415, 431, 500, 503};

    private static final Set<HttpMethod> CHANGES_NOTHING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final int BEFORE_ALL = 1_000;

    private static final long LINGER_MILLIS = 500;

    private final long mostBytes;
    private final long patienceMillis;
    private final boolean sharing;

    /** @param sharing whether Quarkus judges by its CORS settings which other sites may call */
    HttpProblems(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes,
            @ConfigProperty(name = "claims.http.receive-timeout") Duration patience,
            @ConfigProperty(name = "quarkus.http.cors.enabled", defaultValue = "false") boolean sharing) {
        this.mostBytes = mostBytes.asLongValue();
        this.patienceMillis = patience.toMillis();
        this.sharing = sharing;
    }

    /** Quarkus would turn such requests away without a word. */
    void limit(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (length(context) > mostBytes) {
                        refuse(context, 413);
                    } else if (compressed(context)) {
                        refuse(context, 415);
                    } else if (!sharing && foreign(context)) {
                        refuse(context, 403);
                    } else {
                        waitFor(context);
                        context.next();
                    }
                },
                BEFORE_ALL);
    }

    private static boolean compressed(RoutingContext context) {
        return context.request().headers().getAll("Content-Encoding").stream()
                .anyMatch(encoding -> !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity"));
    }

    /**
     * By what browsers say: {@code Sec-Fetch-Site} over TLS and on this machine, {@code Origin} elsewhere. Callers that are no browser say
     * neither.
     */
    private static boolean foreign(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (CHANGES_NOTHING.contains(request.method())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equals(request.scheme() + "://" + request.authority());
    }

    /** A body that comes too slowly is given up, so that slow senders don't use up connections. */
    private void waitFor(RoutingContext context) {
        if (context.request().isEnded()) {
            return;
        }
        long timer = context.vertx().setTimer(patienceMillis, id -> {
            if (!context.request().isEnded() && !context.response().headWritten()) {
                refuse(context, 408);
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }

    /** The rest of the body is not waited for, but the caller gets the time to read why. */
    private static void refuse(RoutingContext context, int status) {
        context.response().putHeader("Connection", "close");
        answer(context, status).onComplete(sent -> context.vertx().setTimer(LINGER_MILLIS, id -> end(context)));
    }

    private static void end(RoutingContext context) {
        if (context.request().isEnded()) {
            return;
        }
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().reset();
        } else {
            context.request().connection().close();
        }
    }

    private static long length(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void register(@Observes Router router) {
        // before Quarkus's own, which ends a refusal without a word
        router.route().order(Integer.MIN_VALUE).failureHandler(context -> {
            if (context.failure() instanceof ForbiddenException) {
                answer(context, HttpResponseStatus.FORBIDDEN.code());
            } else {
                context.next();
            }
        });
        for (int status : STATUSES) {
            router.errorHandler(status, context -> answer(context, status));
        }
    }

    /** Ends the answer to who did not prove who he is, once a mechanism has said by which header he can. */
    static boolean challenged(RoutingContext context, boolean sent) {
        if (sent && context.response().getStatusCode() == HttpResponseStatus.UNAUTHORIZED.code()) {
            answer(context, HttpResponseStatus.UNAUTHORIZED.code());
        }
        return sent;
    }

    private static Future<Void> answer(RoutingContext context, int status) {
        if (context.response().ended() || context.response().headWritten()) {
            return Future.succeededFuture();
        }
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status);
        return context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(problem.encode());
    }
}
