package dev.pilot.http.guard;

import java.net.InetAddress;
import java.util.Locale;

/** Names of hosts in the one spelling in which they can be compared. */
public final class HostNames {
    private HostNames() {}

    /**
     * In lower case; an IPv6 address in brackets, with all its numbers and without the interface that it is reached by.
     *
     * @param host a name or address, as people, addresses of pages or {@code Host} headers write it
     * @return such as {@code hub.example.org}, {@code 192.0.2.7} or {@code [fd00:0:0:0:0:0:0:5]}
     */
    public static String normal(String host) {
        boolean inBrackets = host.startsWith("[") && host.endsWith("]");
        String bare = inBrackets ? host.substring(1, host.length() - 1) : host;
        int zone = bare.indexOf('%');
        InetAddress address = bare.indexOf(':') < 0 ? null : Literals.parse(zone < 0 ? bare : bare.substring(0, zone));
        return address == null ? host.toLowerCase(Locale.ROOT) : "[" + address.getHostAddress() + "]";
    }
}
