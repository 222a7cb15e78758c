declare module "unspin/*?url" {
  const address: string;
  export default address;
}
