import { createTheme, type MantineColorsTuple } from "@mantine/core";

const brand: MantineColorsTuple = [
  "#e6f2ef",
  "#cfe6e0",
  "#a6cfc5",
  "#7ab7a9",
  "#52a08f",
  "#318b79",
  "#0f6b5c",
  "#0c594d",
  "#09473d",
  "#06352e",
];

/** The look of `tokens.css`, told to the component kit. */
export const theme = createTheme({
  colors: { brand },
  primaryColor: "brand",
  primaryShade: 6,
  defaultRadius: 8,
  fontFamily: "var(--font)",
  black: "#17211f",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "20px" },
  spacing: { xs: "4px", sm: "8px", md: "16px", lg: "24px", xl: "32px" },
  respectReducedMotion: true,
});
