package dev.pilot.http.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls: whoever the connection is with; or, where that is a trusted proxy, whom it names. The nearest proxy wrote the
 * last name, so names are read from the right, up to the first that is no trusted proxy; what stands left of it anybody may have
 * written. Threads may share it.
 */
public final class Hops {
    private static final int MOST = 32;

    private final List<Network> trusted;
    private final Forwarding forwarding;

    /**
     * Makes it.
     *
     * @param trusted the proxies' addresses and ranges, checked by {@link #isRange}
     * @param forwarding what they write
     */
    public Hops(Collection<String> trusted, Forwarding forwarding) {
        this.trusted =
                trusted.stream().map(Network::parse).filter(Objects::nonNull).toList();
        this.forwarding = forwarding;
    }

    /**
     * Whether a text names addresses.
     *
     * @param text such as {@code 10.0.0.0/8} or {@code ::1}
     * @return whether it does
     */
    public static boolean isRange(String text) {
        return Network.parse(text) != null;
    }

    /** What one proxy says of who called it. */
    private record Said(
            String node, @Nullable String proto, @Nullable String host) {}

    /**
     * Who sent a request.
     *
     * @param request the request
     * @return the client
     */
    public Hop of(Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        InetAddress peer = address(connection.getRemoteSocketAddress());
        boolean secure = connection.isSecure();
        if (!isTrusted(peer)) {
            return new Hop(peer, secure, null);
        }
        List<Said> said = said(request.getHeaders());
        InetAddress client = peer;
        Said of = null;
        for (int i = said.size() - 1; i >= 0 && isTrusted(client); i--) {
            InetAddress next = Literals.parseNode(said.get(i).node());
            if (next == null) {
                break;
            }
            client = next;
            of = said.get(i);
        }
        if (of == null && !said.isEmpty()) {
            of = said.get(said.size() - 1);
        }
        boolean overTls = of == null || of.proto() == null ? secure : of.proto().equalsIgnoreCase("https");
        return new Hop(client, overTls, of == null ? null : of.host());
    }

    /**
     * Whether an address is a trusted proxy's.
     *
     * @param address the address
     * @return whether it is
     */
    public boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * The address at the other end.
     *
     * @param socket as the connection has it
     * @return the address; the one that stands for none, where it is no internet address
     */
    public static InetAddress address(@Nullable SocketAddress socket) {
        return socket instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress()
                : new InetSocketAddress(0).getAddress();
    }

    private List<Said> said(HttpFields headers) {
        return switch (forwarding) {
            case X_FORWARDED -> xForwarded(headers);
            case FORWARDED -> forwarded(headers);
        };
    }

    private static List<Said> xForwarded(HttpFields headers) {
        List<String> nodes = list(headers, "X-Forwarded-For");
        List<String> protos = list(headers, "X-Forwarded-Proto");
        List<String> hosts = list(headers, "X-Forwarded-Host");
        int size = Math.max(nodes.size(), protos.isEmpty() && hosts.isEmpty() ? 0 : 1);
        List<Said> said = new ArrayList<>();
        for (int fromRight = size - 1; fromRight >= 0; fromRight--) {
            String node = fromRight < nodes.size() ? nodes.get(nodes.size() - 1 - fromRight) : "";
            said.add(new Said(node, fromRight(protos, fromRight), fromRight(hosts, fromRight)));
        }
        return said;
    }

    /** Where each proxy adds its own, they belong together; where one alone writes it, that one counts for all. */
    private static @Nullable String fromRight(List<String> values, int index) {
        return values.isEmpty() ? null : values.get(Math.max(0, values.size() - 1 - index));
    }

    private static List<Said> forwarded(HttpFields headers) {
        List<Said> said = new ArrayList<>();
        for (String element : list(headers, "Forwarded")) {
            String node = "";
            String proto = null;
            String host = null;
            for (String pair : element.split(";")) {
                int equals = pair.indexOf('=');
                String value =
                        equals < 0 ? "" : unquoted(pair.substring(equals + 1).strip());
                switch (equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                    case "for" -> node = value;
                    case "proto" -> proto = value;
                    case "host" -> host = value;
                    default -> {}
                }
            }
            said.add(new Said(node, proto, host));
        }
        return said;
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** The last few: what many proxies ago was said decides nothing. */
    private static List<String> list(HttpFields headers, String name) {
        List<String> all = headers.getValuesList(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
        return all.size() <= MOST ? all : all.subList(all.size() - MOST, all.size());
    }
}
