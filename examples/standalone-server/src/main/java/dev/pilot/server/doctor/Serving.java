package dev.pilot.server.doctor;

import dev.pilot.http.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The port: whether it is free, or a hub serves there already. */
final class Serving {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpConfig http;
    private final @Nullable X509Certificate certificate;

    Serving(HttpConfig http, @Nullable X509Certificate certificate) {
        this.http = http;
        this.certificate = certificate;
    }

    Finding port() {
        String address = bracketed(http.host()) + ":" + http.port();
        InetAddress host;
        try {
            host = InetAddress.getByName(http.host());
        } catch (UnknownHostException e) {
            return Finding.fail("port", http.host() + " is no address of this machine", "set host to one that is");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, http.port()));
            return Finding.ok("port", address + " is free");
        } catch (IOException taken) {
            String reason = whyNoHub(host);
            return reason == null
                    ? Finding.ok("port", "a hub serves at " + address)
                    : Finding.fail(
                            "port",
                            address + " can't be listened on: " + taken.getMessage() + "; no hub answers there: "
                                    + reason,
                            "end what uses it, or set host and port to what is free");
        }
    }

    /** Speaks to it as it is set up to be spoken to; null if it is a hub. */
    private @Nullable String whyNoHub(InetAddress host) {
        String scheme = http.tls() == null ? "http" : "https";
        String name =
                host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress().getHostAddress() : http.host();
        URI health = URI.create(scheme + "://" + bracketed(name) + ":" + http.port() + "/health");
        try {
            HttpResponse<String> answer = client().send(
                            HttpRequest.newBuilder(health).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"status\"")
                    ? null
                    : "its /health says " + answer.statusCode();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was not waited for";
        }
    }

    private HttpClient client() {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        if (certificate != null) {
            client.sslContext(OneCertificate.trusting(certificate));
        }
        return client.build();
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
