export default function Page() {
  return <h1>Clientele</h1>;
}
