package dev.pilot.http.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses as text. Nothing here ever asks a name server. */
final class Literals {
    private static final String BYTE = "(0|[1-9][0-9]{0,2})";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]+");

    private Literals() {}

    /** Null if it is no address. */
    static @Nullable InetAddress parse(String text) {
        try {
            Matcher four = IPV4.matcher(text);
            if (four.matches()) {
                byte[] bytes = new byte[4];
                for (int i = 0; i < 4; i++) {
                    int value = Integer.parseInt(four.group(i + 1));
                    if (value > 255) {
                        return null;
                    }
                    bytes[i] = (byte) value;
                }
                return InetAddress.getByAddress(bytes);
            }
            // What has a colon is read as an address or refused.
            return text.length() <= 45 && IPV6.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** The same of what proxies write: with a port, in brackets or in quotes. */
    static @Nullable InetAddress parseNode(String node) {
        String text = node.strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        int bracket = text.indexOf(']');
        if (text.startsWith("[") && bracket > 0) {
            String port = text.substring(bracket + 1);
            return port.isEmpty() || port.matches(":[0-9]{1,5}") ? parse(text.substring(1, bracket)) : null;
        }
        int colon = text.indexOf(':');
        boolean hasPort = colon > 0 && colon == text.lastIndexOf(':');
        return parse(hasPort ? text.substring(0, colon) : text);
    }
}
